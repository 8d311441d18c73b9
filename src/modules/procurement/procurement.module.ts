import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BudgetsModule } from '#modules/budgets';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { AwardChoice, AwardConsequences, AwardTender } from './awarding/award-tender.js';
import './awarding/awarding.check.js';
import { AwardsController } from './awarding/http/awards.controller.js';
import { MarkContracted } from './awarding/mark-contracted.js';
import { BiddingAccess } from './bidding/bidding.access.js';
import './bidding/bidding.check.js';
import { CloseAndOpenJob, OpeningRecord } from './bidding/close-and-open.job.js';
import { EnvelopeStore } from './bidding/envelope-store.js';
import { BidsController } from './bidding/http/bids.controller.js';
import { OwnBidReads } from './bidding/own-bid.read.js';
import { SubmitBid } from './bidding/submit-bid.js';
import { WithdrawBid } from './bidding/withdraw-bid.js';
import {
  AppointEvaluators,
  AppointmentTrail,
  EvaluatorEligibility,
} from './evaluating/appoint-evaluators.js';
import { Committee } from './evaluating/committee.js';
import { CompleteEvaluation, EvaluationInputs, EvaluationResults } from './evaluating/complete-evaluation.js';
import { DecideQualification, Participation } from './evaluating/decide-qualification.js';
import { DeclareInterests } from './evaluating/declare-interests.js';
import { EvaluationController } from './evaluating/http/evaluation.controller.js';
import { OpenedBidsController } from './evaluating/http/opened-bids.controller.js';
import { OpenedBidReads } from './evaluating/opened-bids.read.js';
import { RankingReads } from './evaluating/ranking.read.js';
import { SaveScoreSheet } from './evaluating/save-score-sheet.js';
import { ScoreSheets } from './evaluating/score-sheets.js';
import { SheetSignature, SignScoreSheet } from './evaluating/sign-score-sheet.js';
import { PlanImportsController } from './importing/http/plan-imports.controller.js';
import { ImportPlan } from './importing/import-plan.js';
import './importing/importing.check.js';
import { AssignBudget } from './planning/assign-budget.js';
import { CreatePlanItem } from './planning/create-plan-item.js';
import { PlanItemStepsController } from './planning/http/plan-item-steps.controller.js';
import { PlanItemsController } from './planning/http/plan-items.controller.js';
import { MakePlanItemReady } from './planning/make-plan-item-ready.js';
import { PlanItemRepository } from './planning/plan-item-repository.js';
import { PlanItem } from './planning/plan-item.entity.js';
import { PlanItemReads } from './planning/plan-items.read.js';
import { ProcurementAccess } from './planning/procurement.access.js';
import { PublishIntention } from './planning/publish-intention.js';
import { RecordOpinion } from './planning/record-opinion.js';
import { ProcurementApi } from './procurement.api.js';
import './procurement.constraints.js';
import './procurement.notices.js';
import { ApproveTender } from './tendering/approve-tender.js';
import { CancelTender } from './tendering/cancel-tender.js';
import { DraftTender, DraftTrail, LawfulMethod } from './tendering/draft-tender.js';
import { EndTender } from './tendering/end-tender.js';
import { TendersController } from './tendering/http/tenders.controller.js';
import { PublishTender, TenderAnnouncement } from './tendering/publish-tender.js';
import { TenderRepository } from './tendering/tender-repository.js';
import { Tender } from './tendering/tender.entity.js';
import './tendering/tendering.check.js';
import { TenderReads } from './tendering/tenders.read.js';

const planning = [
  ProcurementAccess,
  PlanItemRepository,
  PlanItemReads,
  CreatePlanItem,
  AssignBudget,
  PublishIntention,
  RecordOpinion,
  MakePlanItemReady,
];
const importing = [ImportPlan];
const tendering = [
  TenderRepository,
  TenderReads,
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
  BiddingAccess,
  EnvelopeStore,
  SubmitBid,
  WithdrawBid,
  OwnBidReads,
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
  OpenedBidReads,
  ScoreSheets,
  SaveScoreSheet,
  SignScoreSheet,
  SheetSignature,
  CompleteEvaluation,
  EvaluationInputs,
  EvaluationResults,
  RankingReads,
];
const awarding = [AwardTender, AwardChoice, AwardConsequences, MarkContracted];

@Module({
  imports: [TypeOrmModule.forFeature([PlanItem, Tender]), IdentityModule, OrganizationsModule, BudgetsModule],
  controllers: [
    PlanImportsController,
    PlanItemsController,
    PlanItemStepsController,
    TendersController,
    BidsController,
    OpenedBidsController,
    EvaluationController,
    AwardsController,
  ],
  providers: [
    ProcurementApi,
    ...planning,
    ...importing,
    ...tendering,
    ...bidding,
    ...evaluating,
    ...awarding,
  ],
  exports: [ProcurementApi, ImportPlan],
})
export class ProcurementModule {}
