/** What the stages of a journey hand to each other. */

export interface PlanItem {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly budgetFen: number;
}

export interface BudgetLine {
  readonly id: string;
  readonly buyerOrganizationId: string;
}

export interface Award {
  readonly id: string;
  readonly title: string;
}

export interface Contract {
  readonly id: string;
  readonly awardId: string;
  readonly state: string;
  readonly version: number;
  readonly amountFen: number;
  readonly supplierOrganizationId: string;
  readonly milestones: readonly {
    readonly id: string;
    readonly title: string;
    readonly amountFen: number;
    readonly state: string;
  }[];
}

export interface Project {
  readonly id: string;
}

/** Somebody at work: who came, and since when (milliseconds of the epoch). */
export interface Service {
  readonly shiftId: string;
  readonly signUpId: string;
  readonly since: number;
}
