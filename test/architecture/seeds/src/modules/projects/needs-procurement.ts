// breaks: projects-uses-only-what-is-below
import '#modules/procurement';
