// breaks: contracts-uses-only-what-is-below
import '#modules/projects';
