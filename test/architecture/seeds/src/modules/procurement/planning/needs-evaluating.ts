// breaks: procurement-planning-uses-only-rooms-below
import '../evaluating/score.js';
