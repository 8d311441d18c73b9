/**
 * Something the person at the keyboard can mend. Shown as two short paragraphs without a stack trace;
 * every other error is a fault of ours and is shown in full.
 */
export class LaunchProblem extends Error {
  /**
   * @param {string} what what is wrong, in one sentence
   * @param {string} remedy what to do about it
   */
  constructor(what, remedy) {
    super(what);
    this.name = 'LaunchProblem';
    this.remedy = remedy;
  }
}
