import { defineCheck } from '#platform';

/** L1: what the deferred trigger enforced when the transfer was written still holds. */
defineCheck({
  name: 'budgets.transfer-balances',
  zh: '每笔记账恰有一借一贷，金额相等、方向相反',
  en: 'Each transfer has one debit and one credit of its amount',
  sql: `
    SELECT t.id AS transfer_id, t.amount_fen FROM budgets.transfer t
    LEFT JOIN budgets.entry d ON d.transfer_id = t.id AND d.side = 'debit' AND d.account_id = t.debit_account_id
    LEFT JOIN budgets.entry c ON c.transfer_id = t.id AND c.side = 'credit' AND c.account_id = t.credit_account_id
    WHERE d.amount_fen IS DISTINCT FROM t.amount_fen OR c.amount_fen IS DISTINCT FROM -t.amount_fen
      OR NOT budgets.transfer_allowed(t.type, t.debit_kind, t.credit_kind)`,
});

/** L2 */
defineCheck({
  name: 'budgets.ledger-sums-to-zero',
  zh: '全部分录合计为零，全部余额合计为零',
  en: 'All entries sum to zero, and so do all balances',
  sql: `
    SELECT * FROM (
      SELECT (SELECT coalesce(sum(amount_fen), 0) FROM budgets.entry) AS entries_fen,
             (SELECT coalesce(sum(balance_fen), 0) FROM budgets.account) AS balances_fen) AS total
    WHERE entries_fen <> 0 OR balances_fen <> 0`,
});

/** L3 and L4 */
defineCheck({
  name: 'budgets.line-adds-up',
  zh: '每条指标：下达数等于各科目余额之和，且任何余额不为负',
  en: 'Per line the appropriation equals the sum of all other accounts, none of which is negative',
  sql: `
    SELECT line_id, sum(balance_fen) AS difference_fen,
      min(balance_fen) FILTER (WHERE kind <> 'appropriated') AS least_fen
    FROM budgets.account GROUP BY line_id
    HAVING sum(balance_fen) <> 0 OR min(balance_fen) FILTER (WHERE kind <> 'appropriated') < 0
      OR max(balance_fen) FILTER (WHERE kind = 'appropriated') > 0`,
});

/** L5: replays every account from its first entry. */
defineCheck({
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

/** L8: contract ≤ award ≤ reserved, on each line. What an award took came out of its tender's reservation. */
defineCheck({
  name: 'budgets.commitment-within-reservation',
  zh: '每个采购项目在每条指标上：已落实与已退回之和不超过已预留',
  en: 'Per tender and line no more was committed and released than was reserved',
  sql: `
    SELECT tender_id, line_id,
      coalesce(sum(amount_fen) FILTER (WHERE type = 'RESERVE'), 0) AS reserved_fen,
      coalesce(sum(amount_fen) FILTER (WHERE type IN ('COMMIT', 'RELEASE')), 0) AS taken_fen
    FROM budgets.transfer WHERE tender_id IS NOT NULL AND type IN ('RESERVE', 'COMMIT', 'RELEASE')
    GROUP BY tender_id, line_id
    HAVING coalesce(sum(amount_fen) FILTER (WHERE type IN ('COMMIT', 'RELEASE')), 0)
      > coalesce(sum(amount_fen) FILTER (WHERE type = 'RESERVE'), 0)`,
});

/** L8 per milestone: paid ≤ accepted. Per commitment the accounts themselves cannot go below zero. */
defineCheck({
  name: 'budgets.milestone-never-overpaid',
  zh: '每个里程碑：已付与支付中之和不超过已验收金额',
  en: 'Per milestone no more is in payment or paid than was accrued',
  sql: `
    SELECT milestone_id, kind, sum(amount_fen) AS balance_fen FROM (
      SELECT milestone_id, debit_kind AS kind, amount_fen FROM budgets.transfer WHERE milestone_id IS NOT NULL
      UNION ALL
      SELECT milestone_id, credit_kind, -amount_fen FROM budgets.transfer WHERE milestone_id IS NOT NULL) AS moves
    WHERE kind IN ('accrued', 'in-payment', 'paid')
    GROUP BY milestone_id, kind HAVING sum(amount_fen) < 0`,
});

/** L10 from the other side: the account holds exactly what is pending. */
defineCheck({
  name: 'budgets.pending-matches-in-payment',
  zh: '每项预算落实在每条指标上的支付中余额等于未决支付之和',
  en: 'Per commitment and line the in-payment balance is the sum of the pending attempts',
  sql: `
    SELECT a.subject_id AS commitment_id, a.line_id, a.balance_fen, coalesce(pending.total_fen, 0) AS pending_fen
    FROM budgets.account a
    LEFT JOIN (
      SELECT t.commitment_id, t.line_id, sum(t.amount_fen) AS total_fen FROM budgets.transfer t
      WHERE t.type = 'PAY_START' AND NOT EXISTS (SELECT FROM budgets.transfer r WHERE r.resolves_id = t.id)
      GROUP BY t.commitment_id, t.line_id) AS pending
      ON pending.commitment_id = a.subject_id AND pending.line_id = a.line_id
    WHERE a.kind = 'in-payment' AND a.balance_fen <> coalesce(pending.total_fen, 0)`,
});

/** L11 */
defineCheck({
  name: 'budgets.reversal-mirrors',
  zh: '每笔冲销与原记账金额相等、方向相反',
  en: 'Each reversal is the equal and opposite of the transfer that it names',
  sql: `
    SELECT r.id AS reversal_id, o.id AS transfer_id FROM budgets.transfer r
    JOIN budgets.transfer o ON o.id = r.reverses_id
    WHERE r.amount_fen <> o.amount_fen OR r.debit_account_id <> o.credit_account_id
      OR r.credit_account_id <> o.debit_account_id OR o.type = 'REVERSE'`,
});
