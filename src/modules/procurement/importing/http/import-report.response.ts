export class ImportFindingResponse {
  /** Line of the file on which the row begins. */
  line: number;
  /** The last one that it covers: cells may have line breaks. */
  lastLine: number;
  column: string | null;
  code: string;
  /** `adjusted`: the row was imported, but not all of what this cell says. */
  outcome: 'rejected' | 'duplicate' | 'adjusted';
  /** The cell, at most 80 characters of it. */
  cell: string;
  zh: string;
  en: string;
}

export class ImportReportResponse {
  importId: string;
  /** This very file was imported before; this is the report of that time. */
  alreadyImported: boolean;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  /** Equals imported + duplicates + rejected. */
  rowCount: number;
  importedCount: number;
  duplicateCount: number;
  rejectedCount: number;
  findings: ImportFindingResponse[];
}
