import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Param, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import iconv from 'iconv-lite';
import { newId } from '#libs/kernel';
import { givenSession } from '../../modules/identity/sessions/sessions.given.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { Actor } from '../authorization/actor.js';
import { Public } from '../authorization/decorators.js';
import { AppConfig } from '../config/app-config.js';
import { RequestContext } from '../context/request-context.js';
import { asDownload } from './as-download.js';
import { FileStorage } from './file-storage.js';
import { FileStore } from './file-store.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PROGRAM = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)]);
/** Well-formed UTF-8, and no text that anybody writes. */
const WITH_NUL = Buffer.from('姓名\u0000数额');
const SCRIPT = Buffer.from('<html><script>alert(document.cookie)</script></html>');
const XML = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const CSV = '项目名称,预算金额（万元）\r\n助餐服务,12.5\r\n';
const BOM = { addBOM: true };
const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
/** The first box of a picture in an ISO media file. */
const brand = (name: string) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${name}\0\0\0\0mif1${name}`),
    Buffer.alloc(64),
  ]);
const LIMIT = 100_000;
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

@Controller('probe-downloads')
class DownloadController {
  constructor(private readonly files: FileStore) {}

  @Get(':objectId/:fileId')
  @Public('a probe of the tests')
  async download(
    @Param('objectId') objectId: string,
    @Param('fileId') fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return asDownload(reply, await this.files.openAttached('probe', objectId, fileId));
  }
}

describe('an upload', () => {
  let probe: ProbeApp;
  const [me, stranger] = [newId(), newId()];
  let token = '';
  beforeAll(async () => {
    probe = await startProbeApp({
      controllers: [DownloadController],
      env: { MAX_UPLOAD_BYTES: String(LIMIT) },
    });
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

  it('has a name that is no path and hides nothing, whatever it was called', async () => {
    const nameOf = async (name?: string) =>
      (await as(me, () => probe.get(FileStore).upload(name, Readable.from([PNG])))).name;
    expect(await nameOf('../a/b\\c\u0000\u202Egnp.exe')).toBe('.._a_b_c__gnp.exe');
    expect(await nameOf('证'.repeat(201))).toBe('证'.repeat(200));
    expect([await nameOf(''), await nameOf(), await nameOf('\u200B ')]).toEqual(['file', 'file', 'file']);
  });

  it('keeps the end of a long name, which says what it is', async () => {
    const { body } = await upload(PNG, `${'证'.repeat(226)}.pdf`);
    expect(body['name']).toBe(`${'证'.repeat(196)}.pdf`);
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
    ['text with a NUL byte', WITH_NUL, 415, 'files.type-not-allowed'],
    ['a picture that is a program, as SVG is', XML, 415, 'files.type-not-allowed'],
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

  it.each(
    Object.entries({
      'a CSV as Excel saves it in China (GB18030)': ['名单.csv', iconv.encode(CSV, 'gb18030'), 'text/plain'],
      'a GB18030 text cut anywhere': [
        'a.txt',
        iconv.encode(`a${'社区服务'.repeat(999)}`, 'gb18030'),
        'text/plain',
      ],
      'a text as Notepad saves it in Unicode (UTF-16)': [
        'a.txt',
        iconv.encode(CSV, 'utf16le', BOM),
        'text/plain',
      ],
      'the same with the bytes the other way round': [
        'a.txt',
        iconv.encode(CSV, 'utf16be', BOM),
        'text/plain',
      ],
      'UTF-8 with a byte order mark': ['a.csv', iconv.encode(CSV, 'utf8', BOM), 'text/plain'],
      'a text that begins like a bitmap': ['a.csv', Buffer.from('BM,名称\n1,助餐\n'), 'text/plain'],
      'a text that begins like a program': ['a.csv', Buffer.from('MZ,名称\n1,助餐\n'), 'text/plain'],
      'a calendar, which is plain text': [
        'a.ics',
        Buffer.from('BEGIN:VCALENDAR\nVERSION:2.0\n'),
        'text/plain',
      ],
      'an old Word document': ['合同.doc', OLE, 'application/x-cfb'],
      'an old Excel table in capitals': ['A.XLS', OLE, 'application/x-cfb'],
      'a WPS document': ['a.wps', OLE, 'application/x-cfb'],
      'a Word document with a password': ['a.docx', OLE, 'application/x-cfb'],
      'a photo of a telephone': ['IMG_0001.HEIC', brand('heic'), 'image/heic'],
      'another photo of a telephone': ['a.heif', brand('mif1'), 'image/heif'],
      'a scan': ['a.tif', Buffer.from('49492a000800000000000000', 'hex'), 'image/tiff'],
      'a moving picture': ['a.gif', Buffer.from('47494638396101000100000000003b', 'hex'), 'image/gif'],
      'a bitmap': ['a.bmp', Buffer.from('424d4600000000000000360000002800', 'hex'), 'image/bmp'],
    } satisfies Record<string, [string, Buffer, string]>),
  )('is taken when it is %s', async (_what, [name, content, mediaType]) => {
    expect(await upload(content, name, 'application/octet-stream')).toMatchObject({
      status: 201,
      body: { name, mediaType },
    });
  });

  it.each(
    Object.entries({
      'an installer, which is built like an old document': ['setup.msi', OLE],
      'XML in UTF-16': ['a.svg', iconv.encode(XML.toString(), 'utf16le', BOM)],
      'a program that is called a text': ['a.txt', PROGRAM],
      'bytes that only look like GB18030': ['a.csv', Buffer.from([0xd6, 0xd0, 0x01, 0x02, 0xce, 0xc4])],
      'half a character of UTF-16 in the middle': ['a.txt', Buffer.from('fffe00d84100', 'hex')],
      'a program in PostScript': ['a.txt', Buffer.from('%!PS-Adobe-3.0\nshowpage\n')],
    } satisfies Record<string, [string, Buffer]>),
  )('is refused when it is %s, in words that say what is taken', async (_what, [name, content]) => {
    const { status, body } = await upload(content, name, 'text/plain');
    expect([status, body['code']]).toEqual([415, 'files.type-not-allowed']);
    expect(body['detail']).toMatch(/GB18030.*UTF-16/u);
    expect(body['detail']).toMatch(/HEIC/u);
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

    it.each([
      ['page.html', SCRIPT, 'text/plain', "attachment; filename*=UTF-8''page.html"],
      [
        '照片 1; x=y.png',
        PNG,
        'image/png',
        "attachment; filename*=UTF-8''%E7%85%A7%E7%89%87%201%3B%20x%3Dy.png",
      ],
    ])(
      'is bytes to save, never shown in the site’s origin: %s',
      async (name, content, known, disposition) => {
        const { body } = await upload(content, name);
        expect(body['mediaType']).toBe(known);
        const [id, objectId] = [String(body['id']), newId()];
        await as(me, () => files().attach([id], 'probe', objectId));
        const answer = await fetch(`${probe.baseUrl}/api/v1/probe-downloads/${objectId}/${id}`);
        expect({
          type: answer.headers.get('content-type'),
          length: answer.headers.get('content-length'),
          disposition: answer.headers.get('content-disposition'),
          guessing: answer.headers.get('x-content-type-options'),
        }).toEqual({
          type: 'application/octet-stream',
          length: String(content.length),
          disposition,
          guessing: 'nosniff',
        });
        expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
      },
    );

    it('is listed with its own kind of object only, in the order of the uploads', async () => {
      const objectId = newId();
      const ids = [await mine(), await mine(), await mine()];
      const [first = '', second = '', other = ''] = ids;
      await as(me, () => files().attach([second, first], 'probe', objectId));
      await as(me, () => files().attach([other], 'other', objectId));
      expect((await files().attachedTo('probe', [objectId])).map(({ id }) => id)).toEqual([first, second]);
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
      // Nor outside the transaction of the object to which it belongs.
      const loose = probe
        .get(RequestContext)
        .run({ actor: Actor.person(me, []), requestId: 'test' }, () =>
          files().attach([id], 'probe', newId()),
        );
      await expect(loose).rejects.toThrow('files.attach must run inside a unit of work');
      const objectId = newId();
      await as(me, () => files().attach([id], 'probe', objectId));
      expect(await files().attachedTo('probe', [objectId])).toHaveLength(1);
    });
  });

  describe('on the disk', () => {
    const storage = () => probe.get(FileStorage);

    it('is readable for the product’s own user only', async () => {
      await upload(PNG);
      const { mode } = await stat(join(probe.get(AppConfig).filesDir, sha256(PNG).slice(0, 2), sha256(PNG)));
      expect((mode & 0o777).toString(8)).toBe('600');
    });

    it('is found by its SHA-256 and by nothing else, least of all by a path', async () => {
      await upload(PNG);
      expect(await storage().exists(sha256(PNG))).toBe(true);
      expect(await storage().exists(sha256(Buffer.from('never uploaded')))).toBe(false);
      for (const name of ['../../etc/passwd', '', sha256(PNG).toUpperCase(), `${sha256(PNG)}/..`]) {
        expect(() => storage().open(name)).toThrow('Not a SHA-256 name');
        await expect(storage().exists(name)).rejects.toThrow('Not a SHA-256 name');
      }
    });
  });
});
