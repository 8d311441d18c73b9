// breaks: procurement-tendering-uses-only-rooms-below
import '../evaluating/score.js';
