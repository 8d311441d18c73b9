/** Stops what the setup of this run started, last first. */
export default async function globalTeardown() {
  /** @type {Array<() => unknown>} */
  const undo = globalThis['linqiaoServices'] ?? [];
  for (const step of undo.splice(0).reverse()) await step();
}
