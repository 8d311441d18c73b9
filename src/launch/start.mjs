import { nodeVersionProblem } from './node-version.mjs';

// `npm start`. The launcher itself is loaded only by a Node.js that can read it.
const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  const { launch } = await import('./launcher.mjs');
  // Tests point the launcher at a product of their own.
  const at = process.argv.indexOf('--root');
  const root = at > 0 ? process.argv[at + 1] : undefined;
  process.exitCode = await launch(root === undefined ? {} : { root });
} else {
  console.error(problem);
  process.exitCode = 1;
}
