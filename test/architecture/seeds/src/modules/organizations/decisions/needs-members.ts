// breaks: organizations-decisions-uses-only-rooms-below
import '../members/end-member.js';
