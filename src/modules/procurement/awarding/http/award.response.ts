export class AwardResponse {
  awardId: string;
  tenderId: string;
  bidId: string;
  organizationId: string;
  amountFen: number;
}
