export class FileResponse {
  id: string;
  name: string;
  /** Recognized from the content, e.g. `application/pdf`. */
  mediaType: string;
  sizeBytes: number;
  sha256: string;
}
