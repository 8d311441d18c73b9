import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { declaredEvents } from '#libs/kernel';
import { TaskHandler } from './task-handler.js';

/** All task handlers of the running application, found among its providers. */
@Injectable()
export class TaskRegistry implements OnModuleInit {
  private readonly byName = new Map<string, TaskHandler>();
  private readonly byEvent = new Map<string, TaskHandler[]>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (instance instanceof TaskHandler) this.register(instance as TaskHandler);
    }
  }

  /** @throws Error when two handlers share a name or one listens to an event that nobody declares */
  register(handler: TaskHandler): void {
    if (this.byName.has(handler.name)) throw new Error(`Two task handlers are called ${handler.name}`);
    this.byName.set(handler.name, handler);
    for (const { type } of handler.on) {
      if (!declaredEvents().has(type))
        throw new Error(`${handler.name} listens to ${type}, which nobody declares`);
      this.byEvent.set(type, [...(this.byEvent.get(type) ?? []), handler]);
    }
  }

  handler(name: string): TaskHandler | undefined {
    return this.byName.get(name);
  }

  listenersOf(eventType: string): readonly TaskHandler[] {
    return this.byEvent.get(eventType) ?? [];
  }

  recurring(): readonly TaskHandler[] {
    return [...this.byName.values()].filter((handler) => handler.everyMs !== undefined);
  }

  all(): readonly TaskHandler[] {
    return [...this.byName.values()];
  }
}
