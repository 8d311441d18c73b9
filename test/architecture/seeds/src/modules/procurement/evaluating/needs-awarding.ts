// breaks: procurement-evaluating-uses-only-rooms-below
import '../awarding/award-tender.js';
