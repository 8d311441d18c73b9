// breaks: procurement-bidding-uses-only-rooms-below
import '../evaluating/score.js';
