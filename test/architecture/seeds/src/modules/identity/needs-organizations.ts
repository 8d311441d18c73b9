// breaks: identity-uses-only-what-is-below
import '#modules/organizations';
