// breaks: transparency-uses-only-what-is-below
import '#modules/insights';
