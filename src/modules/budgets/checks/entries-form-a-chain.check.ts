import { defineCheck } from '#platform';

/** L5: replays every account from its first entry. */
export const entriesFormAChain = defineCheck({
  name: 'budgets.entries-form-a-chain',
  zh: '每个科目的分录连续编号、前后相接，末笔余额等于科目余额',
  en: 'The entries of each account are numbered without gaps, continue each other and end in its balance',
  sql: `
    SELECT a.id AS account_id, a.balance_fen, a.entry_count FROM budgets.account a
    LEFT JOIN (
      SELECT account_id, count(*) AS entries, max(seq) AS last_seq, sum(amount_fen) AS total_fen,
        bool_and(previous_fen = coalesce(before_fen, 0)) AS is_continuous
      FROM (SELECT account_id, seq, amount_fen, previous_fen,
              lag(balance_fen) OVER (PARTITION BY account_id ORDER BY seq) AS before_fen FROM budgets.entry) AS chain
      GROUP BY account_id) AS replay ON replay.account_id = a.id
    WHERE a.balance_fen <> coalesce(replay.total_fen, 0) OR a.entry_count <> coalesce(replay.entries, 0)
      OR a.entry_count <> coalesce(replay.last_seq, 0) OR NOT coalesce(replay.is_continuous, true)`,
});
