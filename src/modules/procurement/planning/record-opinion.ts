import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, hasVisibleText, newId, toHalfWidth, withoutInvisible } from '#libs/kernel';
import { AuditTrail, CLOCK, Figures, UnitOfWork } from '#platform';
import { planItemStates } from './plan-item.state.js';
import { ProcurementAccess } from './procurement.access.js';
import { planningErrors } from './planning.errors.js';
import { planningPermissions } from './planning.permissions.js';
import { PlanItemRepository } from './plan-item-repository.js';

export interface OpinionToRecord {
  readonly kind: 'public-opinion' | 'need-survey';
  /** How people were asked: a notice, a residents' meeting, a questionnaire. */
  readonly channel: string;
  /** YYYY-MM-DD */
  readonly beganOn: string;
  readonly endedOn: string;
  readonly commentCount: number;
  /** Names of the organizations asked in a market survey; never of persons. */
  readonly respondents: readonly string[];
  readonly summary: string;
  readonly reply: string;
}

/**
 * Records what the public said about the need (政府采购法实施条例 第十五条), or a survey of the need among at
 * least three market subjects (财库〔2021〕22号). Both are gates for a public service.
 */
@Injectable()
export class RecordOpinion {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly items: PlanItemRepository,
    private readonly figures: Figures,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError procurement.opinion-not-answered, opinion-not-held-yet, survey-too-few-respondents,
   *   state.wrong-state */
  async execute(planItemId: string, opinion: OpinionToRecord): Promise<{ opinionId: string }> {
    return this.uow.run(async () => {
      const item = await this.items.lock(planItemId);
      this.access.officialOrSystem(planningPermissions.plan, item.areaCode);
      // Once the need is final, asking about it would be for show.
      planItemStates.next(item.state, 'record-opinion');
      const unanswered =
        opinion.kind === 'public-opinion' && opinion.commentCount > 0 && !hasVisibleText(opinion.reply);
      if (unanswered || opinion.endedOn < opinion.beganOn) throw planningErrors.opinionNotAnswered();
      if (opinion.endedOn > chinaDate(this.clock.now()))
        throw planningErrors.opinionNotHeldYet({ endedOn: opinion.endedOn });
      if (opinion.kind === 'need-survey') {
        const required = await this.figures.number('procurement.need-survey-min-respondents', item.areaCode);
        if (differentNames(opinion.respondents) < required)
          throw planningErrors.surveyTooFewRespondents({ required });
      }
      const opinionId = newId();
      await this.uow.sql(
        `INSERT INTO procurement.plan_item_opinion (id, plan_item_id, kind, channel, began_on, ended_on, comment_count,
           respondents, summary, reply, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          opinionId,
          planItemId,
          opinion.kind,
          opinion.channel,
          opinion.beganOn,
          opinion.endedOn,
          opinion.commentCount,
          opinion.respondents,
          opinion.summary,
          opinion.reply,
          this.access.actorId,
          this.clock.now(),
        ],
      );
      await this.audit.record({
        action: 'procurement.record-opinion',
        objectType: 'plan-item',
        objectId: planItemId,
        after: { opinionId, kind: opinion.kind, commentCount: opinion.commentCount },
      });
      return { opinionId };
    });
  }
}

/** One organization is asked once, however often and with whichever spaces it is written. */
function differentNames(names: readonly string[]): number {
  const spellings = names
    .filter(hasVisibleText)
    .map((name) => withoutInvisible(toHalfWidth(name)).normalize('NFC'));
  return new Set(spellings.map((name) => name.replace(/\s+/gu, '').toLowerCase())).size;
}
