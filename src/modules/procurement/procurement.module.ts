import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BudgetsModule } from '#modules/budgets';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { AwardTender } from './awarding/award-tender.js';
import { AwardConsequences } from './awarding/award-consequences.js';
import { AwardReads } from './awarding/awards.read.js';
import './awarding/awarding.check.js';
import { AwardsController } from './awarding/http/awards.controller.js';
import { MarkContracted } from './awarding/mark-contracted.js';
import { BiddingAccess } from './bidding/bidding.access.js';
import './bidding/bidding.check.js';
import { CloseAndOpenJob } from './bidding/close-and-open.job.js';
import { Bid } from './bidding/bid.entity.js';
import { BidReads } from './bidding/bids.read.js';
import { EnvelopeStore } from './bidding/envelope-store.js';
import { BidsController } from './bidding/http/bids.controller.js';
import { OwnBidReads } from './bidding/own-bid.read.js';
import { SubmitBid } from './bidding/submit-bid.js';
import { WithdrawBid } from './bidding/withdraw-bid.js';
import { AppointEvaluators } from './evaluating/appoint-evaluators.js';
import { Committee } from './evaluating/committee.js';
import { EvaluationInputs } from './evaluating/evaluation-inputs.js';
import { EvaluationResults } from './evaluating/evaluation-results.js';
import { EvaluatorEligibility } from './evaluating/evaluator-eligibility.js';
import { Evaluator } from './evaluating/evaluator.entity.js';
import { OwnScoreSheetReads } from './evaluating/own-score-sheet.read.js';
import { CompleteEvaluation } from './evaluating/complete-evaluation.js';
import { DecideQualification } from './evaluating/decide-qualification.js';
import { DeclareInterests } from './evaluating/declare-interests.js';
import { EvaluationController } from './evaluating/http/evaluation.controller.js';
import { OpenedBidsController } from './evaluating/http/opened-bids.controller.js';
import { OpenedBidReads } from './evaluating/opened-bids.read.js';
import { RankingReads } from './evaluating/ranking.read.js';
import { SaveScoreSheet } from './evaluating/save-score-sheet.js';
import { ScoreSheets } from './evaluating/score-sheets.js';
import { SignScoreSheet } from './evaluating/sign-score-sheet.js';
import { PlanImportsController } from './importing/http/plan-imports.controller.js';
import { PlanImportReads } from './importing/plan-imports.read.js';
import { ImportPlan } from './importing/import-plan.js';
import './importing/importing.check.js';
import { AssignBudget } from './planning/assign-budget.js';
import { CreatePlanItem } from './planning/create-plan-item.js';
import { PlanItemStepsController } from './planning/http/plan-item-steps.controller.js';
import { PlanItemsController } from './planning/http/plan-items.controller.js';
import { MakePlanItemReady } from './planning/make-plan-item-ready.js';
import { PlanItem } from './planning/plan-item.entity.js';
import { PlanItemReads } from './planning/plan-items.read.js';
import { ProcurementAccess } from './planning/procurement.access.js';
import { PublishIntention } from './planning/publish-intention.js';
import { RecordOpinion } from './planning/record-opinion.js';
import { ProcurementApi } from './procurement.api.js';
import './planning/planning.constraints.js';
import './importing/importing.constraints.js';
import './tendering/tendering.constraints.js';
import './bidding/bidding.constraints.js';
import './evaluating/evaluating.constraints.js';
import './awarding/awarding.constraints.js';
import { ApproveTender } from './tendering/approve-tender.js';
import { CancelTender } from './tendering/cancel-tender.js';
import { DraftTender } from './tendering/draft-tender.js';
import { EditTender } from './tendering/edit-tender.js';
import { FailTender } from './tendering/fail-tender.js';
import { LawfulMethod } from './tendering/lawful-method.js';
import { Participation } from './tendering/participation.js';
import { EndingConsequences } from './tendering/ending-consequences.js';
import { TendersController } from './tendering/http/tenders.controller.js';
import { PublishTender } from './tendering/publish-tender.js';
import { Tender } from './tendering/tender.entity.js';
import './tendering/tendering.check.js';
import { TenderReads } from './tendering/tenders.read.js';

const planning = [
  ProcurementAccess,
  PlanItemReads,
  CreatePlanItem,
  AssignBudget,
  PublishIntention,
  RecordOpinion,
  MakePlanItemReady,
];
const importing = [ImportPlan, PlanImportReads];
const tendering = [
  TenderReads,
  DraftTender,
  EditTender,
  LawfulMethod,
  ApproveTender,
  PublishTender,
  EndingConsequences,
  FailTender,
  Participation,
  CancelTender,
];
const bidding = [
  BiddingAccess,
  EnvelopeStore,
  SubmitBid,
  WithdrawBid,
  OwnBidReads,
  BidReads,
  CloseAndOpenJob,
];
const evaluating = [
  Committee,
  AppointEvaluators,
  EvaluatorEligibility,
  DeclareInterests,
  DecideQualification,
  OpenedBidReads,
  ScoreSheets,
  OwnScoreSheetReads,
  SaveScoreSheet,
  SignScoreSheet,
  CompleteEvaluation,
  EvaluationInputs,
  EvaluationResults,
  RankingReads,
];
const awarding = [AwardTender, AwardConsequences, AwardReads, MarkContracted];

import './planning/planning.notices.js';
import './tendering/tendering.notices.js';
import './bidding/bidding.notices.js';
import './evaluating/evaluating.notices.js';
import './awarding/awarding.notices.js';
@Module({
  imports: [
    TypeOrmModule.forFeature([PlanItem, Tender, Bid, Evaluator]),
    IdentityModule,
    OrganizationsModule,
    BudgetsModule,
  ],
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
