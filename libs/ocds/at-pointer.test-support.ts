/** Reads and changes a JSON value at a JSON pointer, for tests that break a release at one place. */
type Holder = Record<string, unknown>;

function holderOf(value: unknown, pointer: string): [Holder, string] {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  return [steps.reduce((holder, step) => holder[step] as Holder, value as Holder), last];
}

export function setAt(value: unknown, pointer: string, newValue: unknown): void {
  const [holder, key] = holderOf(value, pointer);
  holder[key] = newValue;
}

export function removeAt(value: unknown, pointer: string): void {
  const [holder, key] = holderOf(value, pointer);
  Reflect.deleteProperty(holder, key);
}
