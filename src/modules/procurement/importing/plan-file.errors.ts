import { defineErrors } from '#libs/kernel';

/** What can be wrong with a whole file. */
export const planFileErrors = defineErrors('procurement', {
  importTooLarge: {
    code: 'procurement.import-too-large',
    kind: 'too-large',
    zh: '文件超过 {maxBytes} 字节或 {maxRows} 行，请拆分后导入。',
    en: 'The file has more than {maxBytes} bytes or {maxRows} rows: split it.',
  },
  importUnreadable: {
    code: 'procurement.import-unreadable',
    kind: 'unprocessable',
    zh: '无法读取文件：须为 UTF-8、UTF-16 或 GB18030 编码的 CSV 或制表符分隔文本（第 {line} 行附近）。',
    en: 'The file cannot be read as CSV or text with tabs in UTF-8, UTF-16 or GB18030 (near line {line}).',
  },
  importColumnsMissing: {
    code: 'procurement.import-columns-missing',
    kind: 'unprocessable',
    zh: '表头缺少必需的列：{columns}。',
    en: 'The heading lacks columns that are needed: {columns}.',
  },
  importUnitUnsaid: {
    code: 'procurement.import-unit-unsaid',
    kind: 'unprocessable',
    zh: '“{column}”没有写明单位，单元格“{cell}”也没有：请指定 unit=wan（万元）或 unit=yuan（元）。',
    en: 'Neither the heading "{column}" nor the cell "{cell}" names a unit: say unit=wan or unit=yuan.',
  },
  importUnitContradicts: {
    code: 'procurement.import-unit-contradicts',
    kind: 'unprocessable',
    zh: '指定的单位与文件写明的单位不一致（{column}）。',
    en: 'The file states another unit than the one that was given ({column}).',
  },
  importEmpty: {
    code: 'procurement.import-empty',
    kind: 'unprocessable',
    zh: '文件中没有数据行。',
    en: 'The file has no rows.',
  },
});

/** What can be wrong with one row. `{column}` is the heading as the file spells it. */
export const rowErrors = defineErrors('procurement', {
  rowHeadingInValues: {
    code: 'procurement.row-heading-in-values',
    kind: 'unprocessable',
    zh: '单元格内容是列标题，而不是数据（{column}）。',
    en: 'A cell holds the heading of a column instead of data ({column}).',
  },
  rowTooManyCells: {
    code: 'procurement.row-too-many-cells',
    kind: 'unprocessable',
    zh: '该行的单元格多于表头的列（{column}）。',
    en: 'The row has more cells than the heading ({column}).',
  },
  rowTooFewCells: {
    code: 'procurement.row-too-few-cells',
    kind: 'unprocessable',
    zh: '该行的单元格少于表头的列（{column}）。',
    en: 'The row has fewer cells than the heading ({column}).',
  },
  rowQuoteMisplaced: {
    code: 'procurement.row-quote-misplaced',
    kind: 'unprocessable',
    zh: '引号不成对，或单元格内的换行像另一行数据（{column}）。',
    en: 'A quotation mark has no partner, or a line inside a cell reads as a row ({column}).',
  },
  rowAboveHeading: {
    code: 'procurement.row-above-heading',
    kind: 'unprocessable',
    zh: '该行在表头之上（{column}）。',
    en: 'The row stands above the heading ({column}).',
  },
  rowControlCharacter: {
    code: 'procurement.row-control-character',
    kind: 'unprocessable',
    zh: '内容含有控制字符（{column}）。',
    en: 'The text has a control character ({column}).',
  },
  rowCharactersUnreadable: {
    code: 'procurement.row-characters-unreadable',
    kind: 'unprocessable',
    zh: '内容含有无法识别的字符（{column}）。',
    en: 'The text has characters that cannot be read ({column}).',
  },
  rowValuesDiffer: {
    code: 'procurement.row-values-differ',
    kind: 'unprocessable',
    zh: '同一内容在该行有两个不同的值（{column}）。',
    en: 'The row has two different values for the same thing ({column}).',
  },
  rowTextCut: {
    code: 'procurement.row-text-cut',
    kind: 'unprocessable',
    zh: '内容过长，只保留了开头（{column}）。',
    en: 'The text is too long, and only its beginning was kept ({column}).',
  },
  rowReservationUnclear: {
    code: 'procurement.row-reservation-unclear',
    kind: 'unprocessable',
    zh: '无法识别是否面向中小企业预留，未填写（{column}）。',
    en: 'Whether it is reserved for small enterprises is not understood, and left open ({column}).',
  },
  rowBuyerMissing: {
    code: 'procurement.row-buyer-missing',
    kind: 'unprocessable',
    zh: '缺少采购单位（{column}）。',
    en: 'The buyer is missing ({column}).',
  },
  rowTitleMissing: {
    code: 'procurement.row-title-missing',
    kind: 'unprocessable',
    zh: '缺少采购项目名称（{column}）。',
    en: 'The name of the project is missing ({column}).',
  },
  rowTextTooLong: {
    code: 'procurement.row-text-too-long',
    kind: 'unprocessable',
    zh: '内容过长（{column}）。',
    en: 'The text is too long ({column}).',
  },
  rowAmountMissing: {
    code: 'procurement.row-amount-missing',
    kind: 'unprocessable',
    zh: '缺少预算金额（{column}）。',
    en: 'The budget is missing ({column}).',
  },
  rowAmountMalformed: {
    code: 'procurement.row-amount-malformed',
    kind: 'unprocessable',
    zh: '预算金额不是数字（{column}）。',
    en: 'The budget is not a number ({column}).',
  },
  rowAmountNotWholeFen: {
    code: 'procurement.row-amount-not-whole-fen',
    kind: 'unprocessable',
    zh: '预算金额折算后不是整数分（{column}）。',
    en: 'The budget does not come out in whole fen ({column}).',
  },
  rowAmountNotPositive: {
    code: 'procurement.row-amount-not-positive',
    kind: 'unprocessable',
    zh: '预算金额必须大于零（{column}）。',
    en: 'The budget must be above zero ({column}).',
  },
  rowMonthMissing: {
    code: 'procurement.row-month-missing',
    kind: 'unprocessable',
    zh: '缺少预计采购时间（{column}）。',
    en: 'The expected month is missing ({column}).',
  },
  rowMonthMalformed: {
    code: 'procurement.row-month-malformed',
    kind: 'unprocessable',
    zh: '预计采购时间不是年月（{column}）。',
    en: 'The expected time is not a year and month ({column}).',
  },
  rowUrlMalformed: {
    code: 'procurement.row-url-malformed',
    kind: 'unprocessable',
    zh: '来源链接格式不正确（{column}）。',
    en: 'The address of the source is malformed ({column}).',
  },
  rowDuplicateInFile: {
    code: 'procurement.row-duplicate-in-file',
    kind: 'conflict',
    zh: '与本文件中较早的一行重复（{column}）。',
    en: 'The same as an earlier row of this file ({column}).',
  },
  rowImportedEarlier: {
    code: 'procurement.row-imported-earlier',
    kind: 'conflict',
    zh: '此前已经导入（{column}）。',
    en: 'Imported before ({column}).',
  },
});
