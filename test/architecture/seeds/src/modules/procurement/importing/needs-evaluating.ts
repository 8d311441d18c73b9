// breaks: procurement-importing-uses-only-rooms-below
import '../evaluating/score.js';
