import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';

/** A port that leads to a server and can be shut: connections break, and new ones are refused, as when the server is killed. */
export class Gate {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: URL,
    private port: number,
  ) {}

  /** A shut one in front of the server at this address. */
  static async before(url: string): Promise<Gate> {
    const gate = new Gate(new URL(url), 0);
    await gate.open();
    await gate.shut();
    return gate;
  }

  /** The server's address, through the gate. */
  get url(): string {
    const url = new URL(this.target.href);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async open(): Promise<void> {
    const server = createServer((outside) => {
      const inside = createConnection({ host: this.target.hostname, port: Number(this.target.port) });
      for (const [socket, other] of [
        [outside, inside],
        [inside, outside],
      ] as const) {
        this.sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async shut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      if (server === undefined) resolve();
      else
        server.close(() => {
          resolve();
        });
    });
  }
}
