// breaks: budgets-uses-only-what-is-below
import '#modules/procurement';
