// breaks: notifications-uses-only-what-is-below
import '#modules/transparency';
