// Ready = the API answers and reaches its database. Exit code 0 or 1, as HEALTHCHECK wants it.
const port = process.env['PORT'] ?? '3000';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(3_000) });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
