// breaks: organizations-uses-only-what-is-below
import '#modules/budgets';
