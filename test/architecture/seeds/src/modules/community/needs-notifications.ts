// breaks: community-uses-only-what-is-below
import '#modules/notifications';
