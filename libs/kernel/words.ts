/** What people call a thing: in zh-CN and in English. Machine names never reach a person. */
export type Words = Readonly<Record<'zh' | 'en', string>>;

/** @throws Error when a word is missing or is the machine's name */
export function mustBeWords(what: string, words: Words): void {
  if (!/\p{Script=Han}/u.test(words.zh)) throw new Error(`${what} has no word in Chinese`);
  if (words.en.trim() === '' || /\p{Script=Han}/u.test(words.en))
    throw new Error(`${what} has no word in English`);
}
