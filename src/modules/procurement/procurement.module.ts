import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BudgetsModule } from '#modules/budgets';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import {
  AppointEvaluators,
  AppointmentTrail,
  EvaluatorEligibility,
} from './application/appoint-evaluators.js';
import { ApproveTender } from './application/approve-tender.js';
import { AssignBudget } from './application/assign-budget.js';
import { AwardChoice, AwardConsequences, AwardTender } from './application/award-tender.js';
import { BidQueries, BidReaders } from './application/bids.query.js';
import { CancelTender } from './application/cancel-tender.js';
import { Committee } from './application/committee.js';
import {
  CompleteEvaluation,
  EvaluationInputs,
  EvaluationResults,
} from './application/complete-evaluation.js';
import { CreatePlanItem } from './application/create-plan-item.js';
import { DecideQualification, Participation } from './application/decide-qualification.js';
import { DeclareInterests } from './application/declare-interests.js';
import { DraftTender, DraftTrail, LawfulMethod } from './application/draft-tender.js';
import { EndTender } from './application/end-tender.js';
import { EnvelopeStore } from './application/envelope-store.js';
import { ImportPlan } from './application/import-plan.js';
import { MakePlanItemReady } from './application/make-plan-item-ready.js';
import { MarkContracted } from './application/mark-contracted.js';
import { PlanItemRepository } from './application/plan-item-repository.js';
import { PlanItemQueries } from './application/plan-items.query.js';
import { PublishIntention } from './application/publish-intention.js';
import { PublishTender, TenderAnnouncement } from './application/publish-tender.js';
import { RankingQuery } from './application/ranking.query.js';
import { RecordOpinion } from './application/record-opinion.js';
import { SaveScoreSheet } from './application/save-score-sheet.js';
import { ScoreSheets } from './application/score-sheets.js';
import { SheetSignature, SignScoreSheet } from './application/sign-score-sheet.js';
import { SubmitBid } from './application/submit-bid.js';
import { TenderRepository } from './application/tender-repository.js';
import { TenderQueries } from './application/tenders.query.js';
import { WithdrawBid } from './application/withdraw-bid.js';
import './checks/procurement.check.js';
import { PlanItem } from './domain/plan-item.entity.js';
import { Tender } from './domain/tender.entity.js';
import { BidsController } from './http/bids.controller.js';
import { EvaluationController } from './http/evaluation.controller.js';
import { PlanItemStepsController } from './http/plan-item-steps.controller.js';
import { PlanItemsController } from './http/plan-items.controller.js';
import { TendersController } from './http/tenders.controller.js';
import { CloseAndOpenJob, OpeningRecord } from './jobs/close-and-open.job.js';
import { ProcurementAccess } from './procurement.access.js';
import { ProcurementApi } from './procurement.api.js';

const planning = [
  PlanItemRepository,
  PlanItemQueries,
  ImportPlan,
  CreatePlanItem,
  AssignBudget,
  PublishIntention,
  RecordOpinion,
  MakePlanItemReady,
];
const tendering = [
  TenderRepository,
  TenderQueries,
  DraftTender,
  DraftTrail,
  LawfulMethod,
  ApproveTender,
  PublishTender,
  TenderAnnouncement,
  EndTender,
  CancelTender,
];
const bidding = [
  EnvelopeStore,
  SubmitBid,
  WithdrawBid,
  BidQueries,
  BidReaders,
  CloseAndOpenJob,
  OpeningRecord,
];
const evaluating = [
  Committee,
  AppointEvaluators,
  EvaluatorEligibility,
  AppointmentTrail,
  DeclareInterests,
  DecideQualification,
  Participation,
  ScoreSheets,
  SaveScoreSheet,
  SignScoreSheet,
  SheetSignature,
  CompleteEvaluation,
  EvaluationInputs,
  EvaluationResults,
  RankingQuery,
];
const awarding = [AwardTender, AwardChoice, AwardConsequences, MarkContracted];
import './procurement.constraints.js';
import './procurement.notices.js';

@Module({
  imports: [TypeOrmModule.forFeature([PlanItem, Tender]), IdentityModule, OrganizationsModule, BudgetsModule],
  controllers: [
    PlanItemsController,
    PlanItemStepsController,
    TendersController,
    BidsController,
    EvaluationController,
  ],
  providers: [
    ProcurementApi,
    ProcurementAccess,
    ...planning,
    ...tendering,
    ...bidding,
    ...evaluating,
    ...awarding,
  ],
  exports: [ProcurementApi, ImportPlan],
})
export class ProcurementModule {}
