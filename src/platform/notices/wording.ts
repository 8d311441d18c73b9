import { formatFen } from '#libs/kernel';
import type { Message } from './notice.js';

/** `2026-11-25 09:00`, Beijing time, in both languages. */
export function beijingTime(instant: Date | string): string {
  const shifted = new Date(new Date(instant).getTime() + 8 * 3_600_000);
  return shifted.toISOString().slice(0, 16).replace('T', ' ');
}

const DAY_MS = 86_400_000;

/**
 * `2026-11-25 09:00–11:00`: from the first moment to the first one after it. Midnight at the end is 24:00 of the day
 * that ends; a night that goes on has both days.
 */
export function beijingSpan(from: Date | string, to: Date | string): string {
  const [start, end] = [beijingTime(from), beijingTime(to)];
  if (start.slice(0, 10) === end.slice(0, 10)) return `${start}–${end.slice(11)}`;
  const dayBefore = beijingTime(new Date(new Date(to).getTime() - DAY_MS)).slice(0, 10);
  if (end.endsWith(' 00:00'))
    return dayBefore === start.slice(0, 10) ? `${start}–24:00` : `${start}–${dayBefore} 24:00`;
  return `${start}–${end}`;
}

export const yuanZh = (fen: number): string => formatFen(BigInt(fen), 'zh-CN');
export const yuanEn = (fen: number): string => formatFen(BigInt(fen), 'en');

/** `1 h 30 min`: what a volunteer can compare with a watch. */
export function duration(minutes: number, hour: string, minute: string): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return [h > 0 ? `${h} ${hour}` : '', m > 0 || h === 0 ? `${m} ${minute}` : ''].filter(Boolean).join(' ');
}

const MAX_SUBJECT = 150;
const MAX_BODY = 1_500;

/** Titles come from people: one line, no control characters, bounded, so that no header can be smuggled in. */
export function tidy({ subject, body }: Message): Message {
  return {
    subject: cut(oneLine(subject), MAX_SUBJECT),
    body: cut(
      body.replace(CONTROL, (found) => (found === '\n' ? found : ' ')),
      MAX_BODY,
    ),
  };
}

const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}

function cut(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
