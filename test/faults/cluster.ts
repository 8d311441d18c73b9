import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/launch/embedded-postgres.mjs';

/** A commit that does not wait for the disk gets there late; for the others this changes nothing. */
const LAZY_WRITER = { wal_writer_delay: '10s', wal_writer_flush_after: '512MB' };

/** A PostgreSQL of our own that is as durable as the product's, and that we may kill. */
export class Cluster {
  private constructor(
    private readonly dataDir: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(dataDir: string): Promise<Cluster> {
    return new Cluster(dataDir, await startEmbeddedPostgres({ dataDir, settings: LAZY_WRITER }));
  }

  /** The database that migrations and set-up fill, as its owner. */
  get url(): string {
    return this.server.url;
  }

  /** A copy of the filled database; nobody may be connected to it. @returns address as owner and as superuser */
  async clone(name: string): Promise<{ url: string; superuserUrl: string }> {
    const client = new pg.Client({ connectionString: this.server.superuserUrl });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${name} TEMPLATE linqiao OWNER linqiao`);
    } finally {
      await client.end();
    }
    return {
      url: withDatabase(this.server.url, name),
      superuserUrl: withDatabase(this.server.superuserUrl, name),
    };
  }

  /** `kill -9` of the postmaster and of every process under it, at this very moment: no checkpoint, no goodbye. */
  killNine(): void {
    const children = childrenOf(this.server.pid);
    for (const pid of [this.server.pid, ...children]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }

  /** On the same folder and port; recovers from the write-ahead log. */
  async startAgain(): Promise<void> {
    await this.server.exited;
    const { port } = this.server;
    this.server = await startEmbeddedPostgres({ dataDir: this.dataDir, settings: LAZY_WRITER, port });
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function childrenOf(parent: number): number[] {
  return processes()
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid);
}

/** Number and parent's number of every process. */
function processes(): [pid: number, ppid: number][] {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The program's name stands in brackets and may hold blanks and brackets itself.
        return [
          [Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as [number, number],
        ];
      } catch {
        return [];
      }
    });
}
