import { describe, expect, it } from '@jest/globals';
import { judge } from './smtp-outcome.js';

const failure = (code: string, command: string, responseCode?: number) => ({ code, command, responseCode });

describe('what a failed dialogue with a mail server means', () => {
  it.each([
    ['no connection', failure('ESOCKET', 'CONN'), false, 'deferred', 'esocket'],
    ['a silent server', failure('ETIMEDOUT', 'CONN'), false, 'deferred', 'etimedout'],
    ['an unknown host', failure('EDNS', 'CONN'), false, 'deferred', 'edns'],
    ['a wrong login of ours', failure('EAUTH', 'AUTH PLAIN', 535), false, 'deferred', 'eauth-535'],
    ['greylisting', failure('EENVELOPE', 'RCPT TO', 451), false, 'deferred', 'eenvelope-451'],
    ['an unknown recipient', failure('EENVELOPE', 'RCPT TO', 550), false, 'refused', 'eenvelope-550'],
    ['an address that is none', failure('EENVELOPE', 'API'), false, 'refused', 'eenvelope'],
    ['a muddled session', failure('EENVELOPE', 'MAIL FROM', 503), false, 'deferred', 'eenvelope-503'],
    ['a text that is refused', failure('EMESSAGE', 'DATA', 554), true, 'refused', 'emessage-554'],
    ['a full disk after the text', failure('EMESSAGE', 'DATA', 452), true, 'deferred', 'emessage-452'],
    ['a connection lost in the text', failure('ECONNECTION', 'CONN'), true, 'uncertain', 'econnection'],
    [
      'a shutdown announced in the text',
      failure('ECONNECTION', 'CONN', 421),
      true,
      'uncertain',
      'econnection-421',
    ],
    ['silence after the text', failure('ETIMEDOUT', 'CONN'), true, 'uncertain', 'etimedout'],
    ['giving up after the text', failure('EABORT', ''), true, 'uncertain', 'eabort'],
    ['something unheard of after the text', 'no error at all', true, 'uncertain', 'unknown'],
    ['something unheard of before it', undefined, false, 'deferred', 'unknown'],
  ])('%s', (_name, error, textBegan, kind, code) => {
    expect(judge(error, textBegan)).toEqual({ kind, code });
  });
});
