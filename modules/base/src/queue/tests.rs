mod house;
mod jobs;
mod many;
mod one;
mod ticks;
