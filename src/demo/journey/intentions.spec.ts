import { describe, expect, it } from '@jest/globals';
import { chinaDate } from '#libs/kernel';
import { intentionFromList, intentionOfDemoPlan } from './intentions.js';

const LIST = Buffer.from(
  '\uFEFF采购单位,采购项目名称,预算金额(万元)\n甲局,"探访, 关爱",24.80\n\n乙局,音乐课堂,9.60\n',
);

describe('an intention to be played', () => {
  it('is the row that was asked for, counted from 1, with the run in its title', () => {
    expect(intentionFromList(LIST, 1, 'r1')).toEqual({
      csv: '采购单位,采购项目名称,预算金额(万元)\r\n甲局,"探访, 关爱（演示 r1）",24.80\r\n',
      title: '探访, 关爱（演示 r1）',
    });
    expect(intentionFromList(LIST, 2, 'r2').title).toBe('音乐课堂（演示 r2）');
  });

  it('is to be bought this month, however old the list is', () => {
    const { csv } = intentionFromList(Buffer.from('title,expected,unit\n探访,2019年07月,甲局\n'), 1, 'r');
    expect(csv.split('\r\n')[1]).toBe(`探访（演示 r）,${chinaDate(new Date()).slice(0, 7)},甲局`);
  });

  it.each([0, 3, -1])('is refused where the list has no row %d', (row) => {
    expect(() => intentionFromList(LIST, row, 'r')).toThrow(`there is no row ${row}`);
  });

  it('is refused where no column is the title', () => {
    expect(() => intentionFromList(Buffer.from('单位,预算\n甲,1\n'), 1, 'r')).toThrow(
      new RangeError('The list has no column for the title: 单位, 预算'),
    );
  });

  it('keeps a title short enough for a plan, the run included', () => {
    const { title } = intentionFromList(Buffer.from(`title\n${'长'.repeat(400)}\n`), 1, 'r');
    expect(title).toBe(`${'长'.repeat(250)}（演示 r）`);
  });

  it('can be one of the demo district’s own plan', () => {
    const { csv, title } = intentionOfDemoPlan('r');
    expect(title).toBe('独居老人探访关爱服务（演示 r）');
    expect(csv.split('\r\n')[1]).toMatch(
      /^云桥区民政局（虚构）,独居老人探访关爱服务（演示 r）,.*,24\.80,\d{4}-\d{2}$/,
    );
  });
});
