import { IsAreaCode } from '#platform';

export class ImportPlanQuery {
  /** The area whose plan it is. */
  @IsAreaCode()
  areaCode: string;
}
