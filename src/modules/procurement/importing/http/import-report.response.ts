export class ImportFindingResponse {
  /** Line of the file on which the row begins. */
  line: number;
  column: string | null;
  code: string;
  outcome: 'rejected' | 'duplicate';
  /** The cell, at most 80 characters of it. */
  cell: string;
  zh: string;
  en: string;
}

export class ImportReportResponse {
  importId: string;
  /** This very file was imported before; this is the report of that time. */
  alreadyImported: boolean;
  encoding: 'utf-8' | 'gb18030';
  /** Equals imported + duplicates + rejected. */
  rowCount: number;
  importedCount: number;
  duplicateCount: number;
  rejectedCount: number;
  findings: ImportFindingResponse[];
}
