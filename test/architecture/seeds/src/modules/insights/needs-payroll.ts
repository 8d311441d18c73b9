// breaks: insights-uses-only-what-is-below
import '#modules/payroll';
