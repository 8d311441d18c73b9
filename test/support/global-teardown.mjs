/** Stops what the setup of this run started, last first. */
export default async function globalTeardown() {
  const undo = /** @type {{ linqiaoServices?: Array<() => unknown> }} */ (globalThis).linqiaoServices ?? [];
  for (const step of undo.splice(0).reverse()) await step();
}
