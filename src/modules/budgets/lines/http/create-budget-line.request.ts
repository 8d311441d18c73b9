import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { IsAreaCode, Length } from '#platform';
import {
  FUND_NATURES,
  type FundNature,
  INDICATOR_SOURCES,
  type IndicatorSource,
  PAYMENT_METHODS,
  type PaymentMethod,
  RESERVATION_STAGES,
  type ReservationStage,
} from '../indicator-elements.js';

export class CreateBudgetLineRequest {
  /** 预算年度 */
  @IsInt()
  @Min(2000)
  @Max(2100)
  fiscalYear: number;

  /** 结转至年度: the last year in which its money may be used, at most two after its own; null or absent: its own. */
  @IsOptional()
  @IsInt()
  @Min(2001)
  @Max(2102)
  carriesOverTo: number | null = null;

  /** 财政区划 */
  @IsAreaCode()
  areaCode: string;

  /** 指标文号 */
  @Length(1, 100)
  documentNumber: string;

  /** 项目代码 */
  @Matches(/^[0-9A-Z-]{1,40}$/)
  projectCode: string;

  /** 指标名称 */
  @Length(1, 200)
  name: string;

  /** The purchaser's organization in this system (预算单位). */
  @IsUUID()
  buyerOrganizationId: string;

  /** 预算单位代码 */
  @Matches(/^[0-9A-Z]{1,30}$/)
  unitCode: string;

  /** 资金性质 */
  @IsIn(FUND_NATURES)
  fundNature: FundNature;

  /** 支出功能分类: 类 3, 款 5 or 项 7 digits. */
  @Matches(/^[0-9]{3}([0-9]{2}){0,2}$/)
  functionalClass: string;

  /** 政府预算支出经济分类: 类 3 or 款 5 digits. */
  @Matches(/^[0-9]{3}([0-9]{2})?$/)
  governmentEconomicClass: string;

  /** 部门预算支出经济分类: 类 3 or 款 5 digits. */
  @Matches(/^[0-9]{3}([0-9]{2})?$/)
  departmentEconomicClass: string;

  /** 指标来源 */
  @IsIn(INDICATOR_SOURCES)
  source: IndicatorSource;

  /** 是否政府采购 */
  @IsBoolean()
  isGovernmentProcurement: boolean;

  /** 支付方式 */
  @IsIn(PAYMENT_METHODS)
  paymentMethod: PaymentMethod;

  /** When a tender's money is set aside: at its publication or at the award. */
  @IsIn(RESERVATION_STAGES)
  reservationStage: ReservationStage;
}
