import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '#libs/kernel';
import { deliveryStates, type DeliveryState } from './delivery.state.js';

/** A way by which a message reaches a person besides the inbox. */
export type Channel = 'email';

/** The copy of a message that goes out by one channel. It holds no address: that is looked up when it is sent. */
@Entity({ schema: 'notifications', name: 'delivery' })
export class Delivery {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'message_id' })
  messageId: string;
  @Column('text')
  channel: Channel;
  @Column('text')
  readonly state: DeliveryState;
  @Column('int')
  attempts: number;
  @Column('int', { name: 'attempts_before' })
  attemptsBefore: number;
  @Column('text')
  reference: string;
  @Column('timestamptz', { name: 'queued_at' })
  queuedAt: Date;
  @Column('timestamptz', { name: 'sending_at', nullable: true })
  sendingAt: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt: Date | null;
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;
  @Column('int')
  readonly version: number;

  /**
   * @param referenceOf by which name the channel's own log knows it, e.g. the Message-ID of an e-mail
   * @param isOn whether the channel carries anything; what it does not is settled from the start
   */
  static written(
    { messageId, channel, isOn, at }: { messageId: string; channel: Channel; isOn: boolean; at: Date },
    referenceOf: (id: string) => string,
  ): Delivery {
    const id = newId();
    return Object.assign(new Delivery(), {
      ...{ id, messageId, channel, reference: referenceOf(id), queuedAt: at },
      ...{ state: isOn ? deliveryStates.initial : 'switched-off', settledAt: isOn ? null : at },
      ...{ attempts: 0, attemptsBefore: 0, sendingAt: null, lastError: null, version: 1 },
    });
  }

  /** Attempts since it was queued or sent again by the operator. */
  get attemptsInRound(): number {
    return this.attempts - this.attemptsBefore;
  }

  /** Counted before the dialogue begins, so that none is forgotten by a crash. */
  begin(at: Date): void {
    this.attempts += 1;
    this.sendingAt = at;
  }

  /** @param error a code; null when it was delivered or left out */
  settle(at: Date, error: string | null): void {
    this.settledAt = at;
    this.lastError = error;
  }

  /** The operator has decided: from here on attempts count anew. */
  decide(settledAt: Date | null): void {
    this.attemptsBefore = this.attempts;
    this.settledAt = settledAt;
  }
}
