import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import {
  createTenderSeal,
  generateHolderKey,
  HolderPublicKey,
  issueReceipt,
  open,
  openShare,
  receiptBody,
  seal,
  sealShare,
  verifyReceipt,
  withRecoveredKey,
  type HolderPrivateKey,
  type SigningKey,
  type TenderSeal,
} from '#libs/sealing';
import { findChromium } from '../support/services.mjs';

/**
 * Bidders seal in their browser and the server opens, so both must be the same code with the same result. The
 * page runs the bundle that a web application would; what goes in and out is text, as over HTTP.
 */
const CHROMIUM = findChromium();
const present = CHROMIUM !== undefined;
const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-gpu'];

const LIBRARY = join(import.meta.dirname, '../../libs/sealing/index.ts');
const names = { bidder: '机构-和谐', document: 'price', revision: 1 };
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

/** Runs in the page before each script: the same two conversions, without Node. */
const PAGE_CODE = `
globalThis.bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
globalThis.base64 = (bytes) => { let s = ''; for (const b of bytes) s += String.fromCharCode(b); return btoa(s); };
globalThis.codeOf = (promise) => promise.then(() => 'opened', (error) => error.code);
`;

async function bundle(): Promise<string> {
  // Platform "browser" makes the build itself fail on any import of a Node module.
  const { outputFiles, metafile } = await build({
    entryPoints: [LIBRARY],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'sealing',
    target: 'es2022',
    metafile: true,
    write: false,
  });
  // The HPKE library asks for Node's crypto only where there is no WebCrypto, behind a dynamic import. Nothing
  // else may be left outside the bundle.
  const external = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  expect(external.filter(({ path, kind }) => path !== 'crypto' || kind !== 'dynamic-import')).toEqual([]);
  return outputFiles[0]?.text ?? '';
}

(present ? describe : describe.skip)('sealing in a real browser', () => {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let page: Page;
  let tenderSeal: TenderSeal;
  let officers: HolderPrivateKey[];

  beforeAll(async () => {
    const script = `${await bundle()}\n${PAGE_CODE}`;
    const local = createServer((request, response) => {
      const isScript = request.url === '/sealing.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(
        isScript ? script : '<!doctype html><title>sealing</title><script src="/sealing.js"></script>',
      );
    });
    server = local;
    await new Promise<void>((resolve) => local.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ARGUMENTS });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(local.address() as AddressInfo).port}/`);

    officers = [await generateHolderKey('officer-1'), await generateHolderKey('officer-2')];
    tenderSeal = await createTenderSeal({
      tender: '采购-2027-013',
      threshold: 2,
      officers: officers.map(({ publicKey }) => publicKey),
      escrow: null,
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const inPage = async <T>(code: string, argument: unknown): Promise<T> =>
    page.evaluate<T>(`(async (input) => { ${code} })(${JSON.stringify(argument)})`);

  async function officersShares() {
    const shares = [];
    for (const [i, officer] of officers.entries()) {
      const sealed = tenderSeal.sealedShares[i];
      if (sealed !== undefined) shares.push(await openShare(tenderSeal.manifest, sealed, officer));
    }
    return shares;
  }

  it('Node opens what the browser sealed from a file of 5 MB', async () => {
    const sealed = await inPage<{ envelope: string; digest: string }>(
      `const content = new Uint8Array(5e6).map((_, i) => i * 7);
       const file = new File([content], 'plan.pdf');
       const to = sealing.TenderPublicKey.fromJSON(input.publicKey);
       const { envelope, summary } = await sealing.seal({ to, ...input.names, content: file });
       return { envelope: base64(envelope), digest: summary.digest };`,
      { publicKey: tenderSeal.publicKey.toJSON(), names },
    );
    const { content } = await withRecoveredKey(tenderSeal.manifest, await officersShares(), (key) =>
      open(bytes(sealed.envelope), key, { ...names, digest: sealed.digest }),
    );
    const expected = new Uint8Array(5e6).map((_, i) => i * 7);
    expect(Buffer.compare(content, expected)).toBe(0);
  });

  it('the browser opens what Node sealed, with shares handed over to it, and refuses what was damaged', async () => {
    const { envelope } = await seal({
      to: tenderSeal.publicKey,
      ...names,
      content: Buffer.from('报价：128,500.00'),
    });
    const damaged = Uint8Array.from(envelope);
    damaged[damaged.length - 50] = (damaged[damaged.length - 50] ?? 0) ^ 1;

    const session = await inPage<unknown>(
      `globalThis.session = await sealing.generateHolderKey('opening-session');
       return session.publicKey.toJSON();`,
      null,
    );
    const to = HolderPublicKey.fromJSON(session);
    const handedOver = [];
    for (const share of await officersShares())
      handedOver.push(await sealShare(tenderSeal.manifest, share, to));

    const result = await inPage<{ text: string; damaged: string; tooFew: string; printed: string }>(
      `const manifest = sealing.parseManifest(input.manifest);
       const shares = [];
       for (const sealed of input.shares) shares.push(await sealing.openShare(manifest, sealed, session));
       return sealing.withRecoveredKey(manifest, shares, async (key) => ({
         text: new TextDecoder().decode((await sealing.open(bytes(input.envelope), key, input.names)).content),
         damaged: await codeOf(sealing.open(bytes(input.damaged), key, input.names)),
         tooFew: await codeOf(sealing.withRecoveredKey(manifest, shares.slice(1), async () => {})),
         printed: JSON.stringify({ key, shares }) + String(key),
       }));`,
      {
        manifest: tenderSeal.manifest,
        shares: handedOver,
        envelope: base64(envelope),
        damaged: base64(damaged),
        names,
      },
    );
    expect(result).toEqual({
      text: '报价：128,500.00',
      damaged: 'chunk-corrupted',
      tooFew: 'too-few-shares',
      printed: '{"key":"[redacted]","shares":["[redacted]","[redacted]"]}[redacted]',
    });
  });

  it('the bidder checks the receipt in the browser', async () => {
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as unknown as Record<
      'publicKey' | 'privateKey',
      SigningKey
    >;
    const { envelope, summary } = await seal({
      to: tenderSeal.publicKey,
      ...names,
      content: Buffer.from('1'),
    });
    const body = receiptBody(summary, new Date());
    const receipt = await issueReceipt(body, { origin: 'linqiao.example/log', index: 0 }, pair.privateKey);
    await verifyReceipt(receipt, pair.publicKey, envelope);
    const platformKey = base64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));

    const outcome = await inPage<string[]>(
      `const key = await crypto.subtle.importKey('raw', bytes(input.platformKey), 'Ed25519', true, ['verify']);
       const forged = { ...input.receipt, log: { ...input.receipt.log, index: 1 } };
       return [
         await codeOf(sealing.verifyReceipt(input.receipt, key, bytes(input.envelope))),
         await codeOf(sealing.verifyReceipt(forged, key)),
       ];`,
      { platformKey, receipt, envelope: base64(envelope) },
    );
    expect(outcome).toEqual(['opened', 'receipt-signature-invalid']);
  });
});
