// breaks: volunteering-uses-only-what-is-below
import '#modules/community';
