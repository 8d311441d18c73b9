import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, Public, RequirePermission } from '#platform';
import { AppointEvaluators } from '../appoint-evaluators.js';
import { DeclareInterests } from '../declare-interests.js';
import { evaluatingPermissions } from '../evaluating.permissions.js';
import { OwnScoreSheetReads } from '../own-score-sheet.read.js';
import { RankingReads } from '../ranking.read.js';
import { SaveScoreSheet } from '../save-score-sheet.js';
import { SignScoreSheet } from '../sign-score-sheet.js';
import {
  AppointEvaluatorsRequest,
  DeclarationRequest,
  ScoreSheetRequest,
  SignScoreSheetRequest,
} from './evaluation.request.js';
import {
  DeclarationResponse,
  EvaluatorsResponse,
  ScoreSheetResponse,
  SignedResponse,
} from './evaluation.response.js';
import { RankingResponse } from './ranking.response.js';

@ApiTags('procurement')
@Controller('tenders/:id')
export class EvaluationController {
  constructor(
    private readonly appointEvaluators: AppointEvaluators,
    private readonly declareInterests: DeclareInterests,
    private readonly saveSheet: SaveScoreSheet,
    private readonly sheets: OwnScoreSheetReads,
    private readonly signSheet: SignScoreSheet,
    private readonly rankings: RankingReads,
  ) {}

  /** Appoints evaluators after the opening, or others in place of those who stepped aside. */
  @Post('evaluators')
  @HttpCode(200)
  @RequirePermission(evaluatingPermissions.appoint)
  appoint(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: AppointEvaluatorsRequest,
  ): Promise<EvaluatorsResponse> {
    return this.appointEvaluators.execute(id, request.accountIds);
  }

  /** Declares interests, or that there are none. */
  @Post('declaration')
  @HttpCode(200)
  @RequirePermission(evaluatingPermissions.evaluate)
  declare(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: DeclarationRequest,
  ): Promise<DeclarationResponse> {
    return this.declareInterests.execute(id, request.interests);
  }

  @Get('score-sheet')
  @RequirePermission(evaluatingPermissions.evaluate)
  async sheet(@Param('id', ParseUUIDPipe) id: string): Promise<ScoreSheetResponse> {
    const { scores, dissent, signedAt } = await this.sheets.own(id);
    const bids = Object.entries(scores).map(([bidId, given]) => ({
      bidId,
      points: Object.entries(given).map(([criterionId, points]) => ({ criterionId, points })),
    }));
    return { bids, dissent, signedAt };
  }

  /** Keeps the own scores; nobody else sees them before everybody has signed. */
  @Put('score-sheet')
  @HttpCode(204)
  @RequirePermission(evaluatingPermissions.evaluate)
  async save(@Param('id', ParseUUIDPipe) id: string, @Body() request: ScoreSheetRequest): Promise<void> {
    const scores = Object.fromEntries(
      request.bids.map(({ bidId, points }) => [
        bidId,
        Object.fromEntries(points.map((entry) => [entry.criterionId, entry.points])),
      ]),
    );
    await this.saveSheet.execute(id, scores);
  }

  /** Signs the own sheet for good. */
  @Post('score-sheet/sign')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(evaluatingPermissions.evaluate)
  async sign(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: SignScoreSheetRequest,
  ): Promise<SignedResponse> {
    return this.signSheet.execute(id, request);
  }

  /** The result with everything it follows from: for everybody once the award is published. */
  @Get('ranking')
  @Public('the result of an evaluation is published with the award')
  async ranking(@Param('id', ParseUUIDPipe) id: string): Promise<RankingResponse> {
    const { result, ...published } = await this.rankings.read(id);
    return {
      ...published,
      ranking: result.ranking.map((bid) => ({
        rank: bid.rank,
        bidId: bid.bidId,
        totalScore: bid.totalScore,
        qualityScore: bid.qualityScore,
        priceScore: bid.priceScore,
        offerFen: bid.offerFen,
        contractPriceFen: bid.contractPriceFen,
        decidedBy: bid.decidedBy,
      })),
      excluded: result.excluded.map(({ bidId, why, reason }) => ({ bidId, why, reason })),
      derivations: { ...result.derivations },
    };
  }
}
