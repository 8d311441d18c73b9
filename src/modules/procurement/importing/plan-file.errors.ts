import { defineErrors } from '#libs/kernel';

/** What can be wrong with a whole file. */
export const planFileErrors = defineErrors('procurement', {
  importTooLarge: {
    kind: 'too-large',
    zh: '文件超过 {maxBytes} 字节或 {maxRows} 行，请拆分后导入。',
    en: 'The file has more than {maxBytes} bytes or {maxRows} rows: split it.',
  },
  importUnreadable: {
    kind: 'unprocessable',
    zh: '无法读取文件：须为 UTF-8 或 GB18030 编码的 CSV（第 {line} 行附近）。',
    en: 'The file cannot be read as CSV in UTF-8 or GB18030 (near line {line}).',
  },
  importColumnsMissing: {
    kind: 'unprocessable',
    zh: '表头缺少必需的列：{columns}。',
    en: 'The heading lacks columns that are needed: {columns}.',
  },
  importEmpty: { kind: 'unprocessable', zh: '文件中没有数据行。', en: 'The file has no rows.' },
});

/** What can be wrong with one row. `{column}` is the heading as the file spells it. */
export const rowErrors = defineErrors('procurement', {
  rowHeadingInValues: {
    kind: 'unprocessable',
    zh: '单元格内容是列标题，而不是数据（{column}）。',
    en: 'A cell holds the heading of a column instead of data ({column}).',
  },
  rowTooManyCells: {
    kind: 'unprocessable',
    zh: '该行的单元格多于表头的列（{column}）。',
    en: 'The row has more cells than the heading ({column}).',
  },
  rowBuyerMissing: {
    kind: 'unprocessable',
    zh: '缺少采购单位（{column}）。',
    en: 'The buyer is missing ({column}).',
  },
  rowTitleMissing: {
    kind: 'unprocessable',
    zh: '缺少采购项目名称（{column}）。',
    en: 'The name of the project is missing ({column}).',
  },
  rowTextTooLong: {
    kind: 'unprocessable',
    zh: '内容过长（{column}）。',
    en: 'The text is too long ({column}).',
  },
  rowAmountMissing: {
    kind: 'unprocessable',
    zh: '缺少预算金额（{column}）。',
    en: 'The budget is missing ({column}).',
  },
  rowAmountMalformed: {
    kind: 'unprocessable',
    zh: '预算金额不是数字（{column}）。',
    en: 'The budget is not a number ({column}).',
  },
  rowAmountNotWholeFen: {
    kind: 'unprocessable',
    zh: '预算金额折算后不是整数分（{column}）。',
    en: 'The budget does not come out in whole fen ({column}).',
  },
  rowAmountNotPositive: {
    kind: 'unprocessable',
    zh: '预算金额必须大于零（{column}）。',
    en: 'The budget must be above zero ({column}).',
  },
  rowMonthMissing: {
    kind: 'unprocessable',
    zh: '缺少预计采购时间（{column}）。',
    en: 'The expected month is missing ({column}).',
  },
  rowMonthMalformed: {
    kind: 'unprocessable',
    zh: '预计采购时间不是年月（{column}）。',
    en: 'The expected time is not a year and month ({column}).',
  },
  rowUrlMalformed: {
    kind: 'unprocessable',
    zh: '来源链接格式不正确（{column}）。',
    en: 'The address of the source is malformed ({column}).',
  },
  rowDuplicateInFile: {
    kind: 'conflict',
    zh: '与本文件中较早的一行重复（{column}）。',
    en: 'The same as an earlier row of this file ({column}).',
  },
  rowImportedEarlier: {
    kind: 'conflict',
    zh: '此前已经导入（{column}）。',
    en: 'Imported before ({column}).',
  },
});
