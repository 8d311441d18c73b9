import { Injectable } from '@nestjs/common';
import { chinaDate, hasVisibleText, newId, toHalfWidth, withoutInvisible } from '#libs/kernel';
import { db, Figures, query, Register, UnitOfWork } from '#platform';
import { planItemObject } from './plan-item.object.js';
import { planningErrors } from './planning.errors.js';
import { planningPermissions } from './planning.permissions.js';
import { ProcurementAccess } from './procurement.access.js';

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

const addOpinion = query(
  (p: OpinionToRecord & { id: string; planItemId: string; recordedBy: string; recordedAt: Date }) =>
    db.insertInto('procurement.plan_item_opinion').values({
      id: p.id,
      plan_item_id: p.planItemId,
      kind: p.kind,
      channel: p.channel,
      began_on: p.beganOn,
      ended_on: p.endedOn,
      comment_count: p.commentCount,
      respondents: p.respondents,
      summary: p.summary,
      reply: p.reply,
      recorded_by: p.recordedBy,
      recorded_at: p.recordedAt,
    }),
);

/**
 * Records what the public said about the need (政府采购法实施条例 第十五条), or a survey of the need among at
 * least three market subjects (财库〔2021〕22号). Both are gates for a public service; once the need is final,
 * asking about it would be for show.
 */
@Injectable()
export class RecordOpinion {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly figures: Figures,
  ) {}

  /** @throws DomainError procurement.opinion-not-answered, opinion-not-held-yet, survey-too-few-respondents,
   *   state.wrong-state */
  async execute(planItemId: string, opinion: OpinionToRecord): Promise<{ opinionId: string }> {
    const opinionId = newId();
    await this.register.act(planItemObject, planItemId, {
      action: 'record-opinion',
      allow: ({ areaCode }) => {
        this.access.officialOrSystem(planningPermissions.plan, areaCode);
      },
      apply: async ({ areaCode }, act) => {
        mustBeAnswered(opinion);
        if (opinion.endedOn > chinaDate(act.at))
          throw planningErrors.opinionNotHeldYet({ endedOn: opinion.endedOn });
        if (opinion.kind === 'need-survey') await this.mustHaveAskedEnough(opinion, areaCode);
        await this.uow.all(addOpinion, {
          ...opinion,
          id: opinionId,
          planItemId,
          recordedBy: act.by,
          recordedAt: act.at,
        });
        act.note({ opinionId, kind: opinion.kind, commentCount: opinion.commentCount });
      },
    });
    return { opinionId };
  }

  private async mustHaveAskedEnough({ respondents }: OpinionToRecord, areaCode: string): Promise<void> {
    const required = await this.figures.number('procurement.need-survey-min-respondents', areaCode);
    if (differentNames(respondents) < required) throw planningErrors.surveyTooFewRespondents({ required });
  }
}

function mustBeAnswered({ kind, commentCount, reply, beganOn, endedOn }: OpinionToRecord): void {
  const unanswered = kind === 'public-opinion' && commentCount > 0 && !hasVisibleText(reply);
  if (unanswered || endedOn < beganOn) throw planningErrors.opinionNotAnswered();
}

/** One organization is asked once, however often and with whichever spaces it is written. */
function differentNames(names: readonly string[]): number {
  const spellings = names
    .filter(hasVisibleText)
    .map((name) => withoutInvisible(toHalfWidth(name)).normalize('NFC'));
  return new Set(spellings.map((name) => name.replace(/\s+/gu, '').toLowerCase())).size;
}
