import { Matches } from 'class-validator';

const AREA_CODE = /^\d{2,12}$/;

export class ImportPlanQuery {
  /** The area whose plan it is. */
  @Matches(AREA_CODE)
  areaCode: string;
}
