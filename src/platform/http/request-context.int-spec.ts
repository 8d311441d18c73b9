import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { Public } from '../authorization/decorators.js';
import { RequestContext } from '../context/request-context.js';

class EchoRequest {
  @IsString()
  text: string;
}

@Controller('probe')
class ProbeController {
  constructor(private readonly context: RequestContext) {}

  @Post('echo')
  @HttpCode(200)
  @Public('a probe of the tests')
  async echo(@Body() { text }: EchoRequest): Promise<object> {
    await delay(5);
    return { text, requestId: this.context.requestId, locale: this.context.locale };
  }
}

describe('the context of a request', () => {
  let probe: ProbeApp;
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [ProbeController] });
  });
  afterAll(() => probe.stop());

  /** Sends a request in pieces, each in a packet of its own. @returns the whole answer as text */
  function inPieces(pieces: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(probe.baseUrl).port), '127.0.0.1');
      let answer = '';
      socket.setNoDelay(true);
      socket.on('data', (data) => (answer += data.toString()));
      socket.once('error', reject);
      socket.once('close', () => {
        resolve(answer);
      });
      socket.once('connect', () => {
        void (async () => {
          for (const piece of pieces) {
            socket.write(piece);
            await delay(30);
          }
        })();
      });
    });
  }
  const request = (body: string, language = 'en') => [
    `POST /api/v1/probe/echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept-language: ${language}\r\n`,
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`,
    body.slice(0, 4),
    body.slice(4),
  ];

  it('follows it also when the body arrives later than the head', async () => {
    const answer = await inPieces(request('{"text":"slow"}'));
    expect(answer).toContain('200 OK');
    const [, id] = /x-request-id: (\S+)/i.exec(answer) ?? [];
    expect(answer).toContain(`"text":"slow","requestId":"${id ?? '-'}","locale":"en"`);
  });

  it('tells the language also where the body never became a request', async () => {
    expect(await inPieces(request('{"text":broken'))).toContain('"detail":"The request is not valid');
    expect(await inPieces(request('{"text":broken', 'zh-CN'))).toContain('"detail":"请求内容有误');
  });

  it('is not mixed up between requests that run at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const answer = await fetch(`${probe.baseUrl}/api/v1/probe/echo`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'accept-language': at % 2 ? 'en' : 'zh' },
          body: JSON.stringify({ text: String(at) }),
        });
        const body = (await answer.json()) as { text: string; requestId: string; locale: string };
        return { at, header: answer.headers.get('x-request-id'), ...body };
      }),
    );
    for (const { at, header, text, requestId, locale } of answers) {
      expect({ text, requestId, locale }).toEqual({
        text: String(at),
        requestId: header,
        locale: at % 2 ? 'en' : 'zh-CN',
      });
    }
  });
});
