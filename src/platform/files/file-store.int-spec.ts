import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { givenSession } from '../../../test/support/access-world.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { Actor } from '../authorization/actor.js';
import { RequestContext } from '../context/request-context.js';
import { FileStore } from './file-store.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PROGRAM = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)]);
const LIMIT = 100_000;
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

describe('an upload', () => {
  let probe: ProbeApp;
  const [me, stranger] = [newId(), newId()];
  let token = '';
  beforeAll(async () => {
    probe = await startProbeApp({ env: { MAX_UPLOAD_BYTES: String(LIMIT) } });
    await probe.sql(
      `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
       SELECT id, 'probe-' || id, '测试人员', now(), 'test' FROM unnest($1::uuid[]) AS a (id)`,
      [[me, stranger]],
    );
    token = await givenSession(probe, me);
  });
  afterAll(() => probe.stop());

  async function upload(content: Buffer, name = 'file.pdf', type = 'application/pdf') {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(content)], { type }), name);
    const answer = await fetch(`${probe.baseUrl}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const as = <T>(accountId: string, work: () => Promise<T>) =>
    probe
      .get(RequestContext)
      .run({ actor: Actor.person(accountId, []), requestId: 'test' }, () => probe.uow.run(work));

  it('is kept under its SHA-256, with the type that its content shows', async () => {
    const { status, body } = await upload(PNG, '../证书\u0001.pdf', 'application/pdf');
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        name: expect.not.stringMatching(/[/\\\u0001]/),
        mediaType: 'image/png',
        sizeBytes: PNG.length,
        sha256: sha256(PNG),
      },
    ]);
    expect(await probe.storedFiles()).toEqual([`${sha256(PNG).slice(0, 2)}/${sha256(PNG)}`]);
  });

  it('keeps equal content once, as attachments of their own', async () => {
    const before = (await probe.storedFiles()).length;
    const [one, two] = [await upload(PDF), await upload(PDF)];
    expect(one.body['id']).not.toBe(two.body['id']);
    expect(await probe.storedFiles()).toHaveLength(before + 1);
  });

  it.each([
    ['a program that is called a PDF', PROGRAM, 415, 'files.type-not-allowed'],
    ['nothing', Buffer.alloc(0), 400, 'files.empty'],
    ['more than is allowed', Buffer.alloc(LIMIT + 1, 'a'), 413, 'platform.payload-too-large'],
    ['text in no known encoding', Buffer.from('c328fffe41', 'hex'), 415, 'files.type-not-allowed'],
  ])('is refused and leaves nothing behind when it is %s', async (_what, content, status, code) => {
    const before = await probe.storedFiles();
    const answer = await upload(content);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await probe.storedFiles()).toEqual(before);
  });

  it('is taken up to the very limit, and as plain text in Chinese cut anywhere', async () => {
    expect((await upload(Buffer.alloc(LIMIT, 'a'))).body['mediaType']).toBe('text/plain');
    expect((await upload(Buffer.from('社区服务'.repeat(400)))).body['mediaType']).toBe('text/plain');
  });

  it('leaves nothing behind when the connection breaks in the middle', async () => {
    const before = await probe.storedFiles();
    const socket = connect(Number(new URL(probe.baseUrl).port), '127.0.0.1');
    const body = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${'a'.repeat(5_000)}`;
    socket.write(
      `POST /api/v1/files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: multipart/form-data; boundary=b\r\ncontent-length: 50000\r\n\r\n${body}`,
    );
    const arrives = () =>
      probe.storedFiles().then((files) => files.some((file) => file.startsWith('incoming/')));
    for (let tries = 0; tries < 200 && !(await arrives()); tries += 1) await delay(10);
    expect(await arrives()).toBe(true);
    socket.destroy();
    for (let tries = 0; tries < 200 && (await arrives()); tries += 1) await delay(10);
    expect(await probe.storedFiles()).toEqual(before);
    const [row] = await probe.sql('SELECT count(*)::int AS n FROM platform.file WHERE size_bytes = 5000');
    expect(row).toEqual({ n: 0 });
  });

  it('must be a form with a file', async () => {
    const answer = await fetch(`${probe.baseUrl}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(415);
    const form = new FormData();
    form.set('field', 'no file');
    const empty = await fetch(`${probe.baseUrl}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    expect(empty.status).toBe(400);
  });

  describe('attached to an object', () => {
    const files = () => probe.get(FileStore);
    const mine = async () => String((await upload(PDF)).body['id']);

    it('is read from there, whole, and from nowhere else', async () => {
      const [id, objectId] = [await mine(), newId()];
      await as(me, () => files().attach([id], 'probe', objectId));
      expect(await files().attachedTo('probe', [objectId])).toMatchObject([
        { id, objectId, sha256: sha256(PDF) },
      ]);
      const { file, content } = await files().openAttached('probe', objectId, id);
      const chunks: Buffer[] = [];
      for await (const chunk of content) chunks.push(chunk as Buffer);
      expect([file.mediaType, Buffer.concat(chunks)]).toEqual(['application/pdf', PDF]);
      for (const [type, object] of [
        ['probe', newId()],
        ['other', objectId],
      ] as const) {
        await expect(files().openAttached(type, object, id)).rejects.toMatchObject({
          code: 'platform.not-found',
        });
      }
    });

    it('must be an upload of the same person that is used nowhere yet', async () => {
      const [id, used] = [await mine(), await mine()];
      await as(me, () => files().attach([used], 'probe', newId()));
      const attach = (by: string, ids: string[]) => as(by, () => files().attach(ids, 'probe', newId()));
      const notYours = { code: 'files.not-yours' };
      await expect(attach(stranger, [id])).rejects.toMatchObject(notYours);
      await expect(attach(me, [used])).rejects.toMatchObject(notYours);
      await expect(attach(me, [newId()])).rejects.toMatchObject(notYours);
      // One bad id among good ones, and none of them is attached.
      await expect(attach(me, [id, used])).rejects.toMatchObject({ ...notYours, details: { fileId: used } });
      const objectId = newId();
      await as(me, () => files().attach([id], 'probe', objectId));
      expect(await files().attachedTo('probe', [objectId])).toHaveLength(1);
    });
  });
});
