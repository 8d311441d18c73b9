// breaks: procurement-uses-only-what-is-below
import '#modules/contracts';
