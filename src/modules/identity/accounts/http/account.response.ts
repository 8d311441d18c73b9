export class CreatedResponse {
  id: string;
}
