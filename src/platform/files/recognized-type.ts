import { fileTypeFromBuffer } from 'file-type';

/** By their own signatures. */
const ACCEPTED = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/bmp',
  'image/tiff',
  'image/webp',
  'image/heic',
  'image/heic-sequence',
  'image/heif',
  'image/heif-sequence',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/zip',
]);
/**
 * The container of Office and WPS before 2007, and of every Office document with a password. Installers are such
 * containers, too, and only the name tells them apart.
 */
const COMPOUND = 'application/x-cfb';
const COMPOUND_NAMES = /\.(docx?|dot|xlsx?|xlt|pptx?|pps|pot|wps|wpt|et|ett|dps|dpt)$/iu;
/** Texts by their bytes, programs or pictures by what a reader does with them. */
const NO_PLAIN_TEXT = new Set([
  'application/xml',
  'application/rtf',
  'application/postscript',
  'application/eps',
]);

/**
 * What an upload is by its content; what the client says counts for nothing, and the name only where the content
 * leaves two readings.
 * @param head the first bytes, 4,100 at most
 * @returns undefined for what is not accepted
 */
export async function recognizedType(head: Buffer, name: string): Promise<string | undefined> {
  const signature = (await fileTypeFromBuffer(head))?.mime;
  if (signature !== undefined && ACCEPTED.has(signature) && !isPlainText(head, signature)) return signature;
  if (signature === COMPOUND) return COMPOUND_NAMES.test(name) ? COMPOUND : undefined;
  // Text has no signature, and may begin with the two letters of another: `BM`, `MZ`, the mark of UTF-16.
  return isPlainText(head, signature) ? 'text/plain' : undefined;
}

function isPlainText(head: Buffer, signature: string | undefined): boolean {
  if (signature !== undefined && (NO_PLAIN_TEXT.has(signature) || signature === 'application/pdf'))
    return false;
  const text = decoded(head);
  // A spreadsheet on a page is plain; what announces itself as XML may be a picture that runs.
  return text !== undefined && !CONTROLS.test(text) && !/^\s*<\?xml/u.test(text);
}

/** Of the control characters, tabs, ends of lines and pages, escapes and the old end of a file are found in texts. */
const CONTROLS = /[^\P{Cc}\t\n\v\f\r\u001A\u001B\u0080-\u009F]/u;

/** In the encodings in which texts are saved here: UTF-8, UTF-16 with its mark, GB18030 (GBK and GB2312 are parts). */
function decoded(head: Buffer): string | undefined {
  const mark = head.length >= 2 ? head.readUInt16BE(0) : 0;
  const encodings = mark === 0xfffe ? ['utf-16le'] : mark === 0xfeff ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      // The last character may be cut.
      return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    } catch {
      continue;
    }
  }
  return undefined;
}
