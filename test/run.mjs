import { nodeVersionProblem } from '../src/launch/node-version.mjs';

// `npm test`. The harness itself is loaded only by a Node.js that can read it.
const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  const { runTests } = await import('./harness/run-tests.mjs');
  process.exitCode = await runTests(process.argv.slice(2));
} else {
  console.error(problem);
  process.exitCode = 1;
}
